// Made by fixtures/tokenizers/make_unicode.py; not to be edited by hand.

/// Canonical decompositions as `tokenizers` has them, Unicode 9 (Unicode Standard Annex 15).
enum CanonicalForms {
    /// Full canonical decompositions: how far behind the one before and how many, if not 1 and 1; base 36.
    static let decompositions: StaticString = """
        5d:1t,lc 1t,ld 1t,le 1t,lf 1t,lk 1t,lm 2:1v,mf 1x,lc 1x,ld 1x,le 1x,lk 21,lc 21,ld 21,le 21,lk 2:26,lf 27,lc 27,\
        ld 27,le 27,lf 27,lk 3:2d,lc 2d,ld 2d,le 2d,lk 2h,ld 3:2p,lc 2p,ld 2p,le 2p,lf 2p,lk 2p,lm 2:2r,mf 2t,lc 2t,ld 2\
        t,le 2t,lk 2x,lc 2x,ld 2x,le 2x,lk 2:32,lf 33,lc 33,ld 33,le 33,lf 33,lk 3:39,lc 39,ld 39,le 39,lk 3d,ld 2:3d,lk\
         1t,lg 2p,lg 1t,li 2p,li 1t,mg 2p,mg 1v,ld 2r,ld 1v,le 2r,le 1v,lj 2r,lj 1v,lo 2r,lo 1w,lo 2s,lo 3:1x,lg 2t,lg 1\
        x,li 2t,li 1x,lj 2t,lj 1x,mg 2t,mg 1x,lo 2t,lo 1z,le 2v,le 1z,li 2v,li 1z,lj 2v,lj 1z,mf 2v,mf 20,le 2w,le 3:21,\
        lf 2x,lf 21,lg 2x,lg 21,li 2x,li 21,mg 2x,mg 21,lj 4:22,le 2y,le 23,mf 2z,mf 2:24,ld 30,ld 24,mf 30,mf 24,lo 30,\
        lo 5:26,ld 32,ld 26,mf 32,mf 26,lo 32,lo 4:27,lg 33,lg 27,li 33,li 27,ln 33,ln 3:2a,ld 36,ld 2a,mf 36,mf 2a,lo 3\
        6,lo 2b,ld 37,ld 2b,le 37,le 2b,mf 37,mf 2b,lo 37,lo 2c,mf 38,mf 2c,lo 38,lo 3:2d,lf 39,lf 2d,lg 39,lg 2d,li 39,\
        li 2d,lm 39,lm 2d,ln 39,ln 2d,mg 39,mg 2f,le 3b,le 2h,le 3d,le 2h,lk 2i,ld 3e,ld 2i,lj 3e,lj 2i,lo 3e,lo y:27,m3\
         33,m3 e:2d,m3 39,m3 t:1t,lo 2p,lo 21,lo 2x,lo 27,lo 33,lo 2d,lo 39,lo 2d,lk,lg 39,lk,lg 2d,lk,ld 39,lk,ld 2d,lk\
        ,lo 39,lk,lo 2d,lk,lc 39,lk,lc 2:1t,lk,lg 2p,lk,lg 1t,lj,lg 2p,lj,lg 5i,lg 6e,lg 3:1z,lo 2v,lo 23,lo 2z,lo 27,mg\
         33,mg 27,mg,lg 33,mg,lg c7,lo ia,lo 2y,lo 4:1z,ld 2v,ld 3:26,lc 32,lc 1t,lm,ld 2p,lm,ld 5i,ld 6e,ld 60,ld 6w,ld\
         1t,lr 2p,lr 1t,lt 2p,lt 1x,lr 2t,lr 1x,lt 2t,lt 21,lr 2x,lr 21,lt 2x,lt 27,lr 33,lr 27,lt 33,lt 2a,lr 36,lr 2a,\
        lt 36,lt 2d,lr 39,lr 2d,lt 39,lt 2b,me 37,me 2c,me 38,me 3:20,lo 2w,lo 7:1t,lj 2p,lj 1x,mf 2t,mf 27,lk,lg 33,lk,\
        lg 27,lf,lg 33,lf,lg 27,lj 33,lj 27,lj,lg 33,lj,lg 2h,lg 3d,lg 7h,2:lc 2:lv lk,ld 1c:jd a:1n 7:4o,ld pd,ld 53 ph\
        ,ld pj,ld pl,ld 2:pr,ld 2:px,ld q1,ld qh,lk,ld q:pl,lk px,lk q9,ld qd,ld qf,ld qh,ld qt,lk,ld q:qh,lk qt,lk qn,l\
        d qt,ld qx,ld 5:r6,ld r6,lk 18:t1,lc t1,lk 2:sz,ld 4:sm,lk 5:t6,ld t4,lc tf,li b:t4,li w:u0,li n:tx,lc tx,lk 2:t\
        v,ld 4:uu,lk 5:u2,ld u0,lc ub,li o,2:vo,lr 22:t2,li ty,li e:sw,li ts,li sw,lk ts,lk 3:t1,li tx,li 3,2:yg,lk t2,l\
        k ty,lk t3,lk tz,lk 3:t4,lg u0,lg t4,lk u0,lk ta,lk u6,lk 3,2:yw,lk tp,lk ul,lk tf,lg ub,lg tf,lk ub,lk tf,ln ub\
        ,ln tj,lk uf,lk 3:tn,lk uj,lk 89:17r,18z 17r,190 18o,190 17r,191 18q,190 4a:1cl,190 2:1c1,190 h:1ci,190 gm:1t4,1\
        to 8:1tc,1to 3:1tf,1to 10,3:1sl,1to 1ss,1to 1,2:1sx,1to 1t7,1to 1tb,1to 30:1xj,1xa 1xj,1xz g,2:1wh,1x8 2:1wv,1x8\
         2c:20i,20s 3:20o,20s z,2:1zq,20s 1zw,20s 3:20b,20s 6i:287,28m 3:287,27y 287,28n g,2:275,27w 1j:2aa,2c7 1i,2:2bq\
        ,2bi 2bq,2c7 3g:2fa,2fq 3c:2in,2j9 7:2iu,2j9 2iu,2ja 2:2iu,2iq 2iu,2iq,2j9 3j,2:2me,2m6 2me,2mv 3y:2qh,2q2 2:2qh\
        ,2q7 2qh,2q7,2q2 2qh,2qn 9x:30i,33r a:30s,33r 5:30x,33r 5:312,33r 5:317,33r d:30g,33p a:31t,31u 2:31t,31w 33m,32\
        8 2:33n,328 9:31t,328 i:32q,33r a:330,33r 5:335,33r 5:33a,33r 5:33f,33r d:32o,33p 31:36t,372 25c:5c5,5dh 2:5c7,5\
        dh 2:5c9,5dh 2:5cb,5dh 2:5cd,5dh 4:5ch,5dh 15:5dm,5dh 2:5do,5dh 3,2:5dq,5dh 2:5du,5dh jh:1t,md 2p,md 1u,lj 2q,lj\
         1u,mb 2q,mb 1u,mp 2q,mp 1v,mf,ld 2r,mf,ld 1w,lj 2s,lj 1w,mb 2s,mb 1w,mp 2s,mp 1w,mf 2s,mf 1w,ml 2s,ml 1x,lg,lc \
        2t,lg,lc 1x,lg,ld 2t,lg,ld 1x,ml 2t,ml 1x,mo 2t,mo 1x,mf,li 2t,mf,li 1y,lj 2u,lj 1z,lg 2v,lg 20,lj 2w,lj 20,mb 2\
        w,mb 20,lk 2w,lk 20,mf 2w,mf 20,mm 2w,mm 21,mo 2x,mo 21,lk,ld 2x,lk,ld 23,ld 2z,ld 23,mb 2z,mb 23,mp 2z,mp 24,mb\
         30,mb 24,mb,lg 30,mb,lg 24,mp 30,mp 24,ml 30,ml 25,ld 31,ld 25,lj 31,lj 25,mb 31,mb 26,lj 32,lj 26,mb 32,mb 26,\
        mp 32,mp 26,ml 32,ml 27,lf,ld 33,lf,ld 27,lf,lk 33,lf,lk 27,lg,lc 33,lg,lc 27,lg,ld 33,lg,ld 28,ld 34,ld 28,lj 3\
        4,lj 2a,lj 36,lj 2a,mb 36,mb 2a,mb,lg 36,mb,lg 2a,mp 36,mp 2b,lj 37,lj 2b,mb 37,mb 2b,ld,lj 37,ld,lj 2b,lo,lj 37\
        ,lo,lj 2b,mb,lj 37,mb,lj 2c,lj 38,lj 2c,mb 38,mb 2c,mp 38,mp 2c,ml 38,ml 2d,mc 39,mc 2d,mo 39,mo 2d,ml 39,ml 2d,\
        lf,ld 39,lf,ld 2d,lg,lk 39,lg,lk 2e,lf 3a,lf 2e,mb 3a,mb 2f,lc 3b,lc 2f,ld 3b,ld 2f,lk 3b,lk 2f,lj 3b,lj 2f,mb 3\
        b,mb 2g,lj 3c,lj 2g,lk 3c,lk 2h,lj 3d,lj 2i,le 3e,le 2i,mb 3e,mb 2i,mp 3e,mp 2w,mp 38,lk 3b,lm 3d,lm 2:an,lj 5:1\
        t,mb 2p,mb 1t,ll 2p,ll 1t,le,ld 2p,le,ld 1t,le,lc 2p,le,lc 1t,le,ll 2p,le,ll 1t,le,lf 2p,le,lf 1t,mb,le 2p,mb,le\
         1t,li,ld 2p,li,ld 1t,li,lc 2p,li,lc 1t,li,ll 2p,li,ll 1t,li,lf 2p,li,lf 1t,mb,li 2p,mb,li 1x,mb 2t,mb 1x,ll 2t,\
        ll 1x,lf 2t,lf 1x,le,ld 2t,le,ld 1x,le,lc 2t,le,lc 1x,le,ll 2t,le,ll 1x,le,lf 2t,le,lf 1x,mb,le 2t,mb,le 21,ll 2\
        x,ll 21,mb 2x,mb 27,mb 33,mb 27,ll 33,ll 27,le,ld 33,le,ld 27,le,lc 33,le,lc 27,le,ll 33,le,ll 27,le,lf 33,le,lf\
         27,mb,le 33,mb,le 27,m3,ld 33,m3,ld 27,m3,lc 33,m3,lc 27,m3,ll 33,m3,ll 27,m3,lf 33,m3,lf 27,m3,mb 33,m3,mb 2d,\
        mb 39,mb 2d,ll 39,ll 2d,m3,ld 39,m3,ld 2d,m3,lc 39,m3,lc 2d,m3,ll 39,m3,ll 2d,m3,lf 39,m3,lf 2d,m3,mb 39,m3,mb 2\
        h,lc 3d,lc 2h,mb 3d,mb 2h,ll 3d,ll 2h,lf 3d,lf 7:q9,lv q9,lw q9,lv,lc q9,lw,lc q9,lv,ld q9,lw,ld q9,lv,n6 q9,lw,\
        n6 pd,lv pd,lw pd,lv,lc pd,lw,lc pd,lv,ld pd,lw,ld pd,lv,n6 pd,lw,n6 qd,lv qd,lw qd,lv,lc qd,lw,lc qd,lv,ld qd,l\
        w,ld 3:ph,lv ph,lw ph,lv,lc ph,lw,lc ph,lv,ld ph,lw,ld 3:qf,lv qf,lw qf,lv,lc qf,lw,lc qf,lv,ld qf,lw,ld qf,lv,n\
        6 qf,lw,n6 pj,lv pj,lw pj,lv,lc pj,lw,lc pj,lv,ld pj,lw,ld pj,lv,n6 pj,lw,n6 qh,lv qh,lw qh,lv,lc qh,lw,lc qh,lv\
        ,ld qh,lw,ld qh,lv,n6 qh,lw,n6 pl,lv pl,lw pl,lv,lc pl,lw,lc pl,lv,ld pl,lw,ld pl,lv,n6 pl,lw,n6 qn,lv qn,lw qn,\
        lv,lc qn,lw,lc qn,lv,ld qn,lw,ld 3:pr,lv pr,lw pr,lv,lc pr,lw,lc pr,lv,ld pr,lw,ld 3:qt,lv qt,lw qt,lv,lc qt,lw,\
        lc qt,lv,ld qt,lw,ld qt,lv,n6 qt,lw,n6 2:px,lw 2:px,lw,lc 2:px,lw,ld 2:px,lw,n6 qx,lv qx,lw qx,lv,lc qx,lw,lc qx\
        ,lv,ld qx,lw,ld qx,lv,n6 qx,lw,n6 q1,lv q1,lw q1,lv,lc q1,lw,lc q1,lv,ld q1,lw,ld q1,lv,n6 q1,lw,n6 q9,lc q9,ld \
        qd,lc qd,ld qf,lc qf,ld qh,lc qh,ld qn,lc qn,ld qt,lc qt,ld qx,lc qx,ld 3:q9,lv,n9 q9,lw,n9 q9,lv,lc,n9 q9,lw,lc\
        ,n9 q9,lv,ld,n9 q9,lw,ld,n9 q9,lv,n6,n9 q9,lw,n6,n9 pd,lv,n9 pd,lw,n9 pd,lv,lc,n9 pd,lw,lc,n9 pd,lv,ld,n9 pd,lw,\
        ld,n9 pd,lv,n6,n9 pd,lw,n6,n9 qf,lv,n9 qf,lw,n9 qf,lv,lc,n9 qf,lw,lc,n9 qf,lv,ld,n9 qf,lw,ld,n9 qf,lv,n6,n9 qf,l\
        w,n6,n9 pj,lv,n9 pj,lw,n9 pj,lv,lc,n9 pj,lw,lc,n9 pj,lv,ld,n9 pj,lw,ld,n9 pj,lv,n6,n9 pj,lw,n6,n9 qx,lv,n9 qx,lw\
        ,n9 qx,lv,lc,n9 qx,lw,lc,n9 qx,lv,ld,n9 qx,lw,ld,n9 qx,lv,n6,n9 qx,lw,n6,n9 q1,lv,n9 q1,lw,n9 q1,lv,lc,n9 q1,lw,\
        lc,n9 q1,lv,ld,n9 q1,lw,ld,n9 q1,lv,n6,n9 q1,lw,n6,n9 q9,li q9,lg q9,lc,n9 q9,n9 q9,ld,n9 2:q9,n6 q9,n6,n9 pd,li\
         pd,lg pd,lc pd,ld pd,n9 2:qh 3:4o,n6 qf,lc,n9 qf,n9 qf,ld,n9 2:qf,n6 qf,n6,n9 ph,lc ph,ld pj,lc pj,ld pj,n9 69r\
        ,lc 69r,ld 69r,n6 qh,li qh,lg qh,lk,lc qh,lk,ld 3:qh,n6 qh,lk,n6 pl,li pl,lg pl,lc pl,ld 2:6bi,lc 6bi,ld 6bi,n6 \
        qt,li qt,lg qt,lk,lc qt,lk,ld qp,lv qp,lw qt,n6 qt,lk,n6 px,li px,lg px,lc px,ld pt,lw 4o,lc 4o,ld 2o 3:qx,lc,n9\
         qx,n9 qx,ld,n9 2:qx,n6 qx,n6,n9 pr,lc pr,ld q1,lc q1,ld q1,n9 50 3,2:6bm 85:q1 4:23 1t,lm 33:6mo,mw 6mq,mw j:6m\
        s,mw v:6og,mw 6ok,mw 6oi,mw 1h:6pv,mw 5:6q0,mw 3:6q3,mw o:6qr,mw 2:6qt,mw r:6rg,mw 3:6rn,mw 3:6rp,mw 2:6rs,mw n:\
        1p,mw 2:6sh,mw b:6rx,mw 1o,mw 1q,mw 1,2:6sk,mw 3,2:6sy,mw 3,2:6t2,mw 7,2:6t6,mw 3,2:6te,mw 3,2:6ti,mw z:6ua,mw 1\
        ,2:6ug,mw 6uj,mw 1d,2:6t8,mw 1,2:6tt,mw 7,4:6uq,mw 1o,2:9hk 1iq:8gt,mw 12o:9jf,9ll 2:9jh,9ll 2:9jj,9ll 2:9jl,9ll\
         2:9jn,9ll 2:9jp,9ll 2:9jr,9ll 2:9jt,9ll 2:9jv,9ll 2:9jx,9ll 2:9jz,9ll 2:9k1,9ll 3:9k4,9ll 2:9k6,9ll 2:9k8,9ll 7\
        :9kf,9ll 9kf,9lm 2:9ki,9ll 9ki,9lm 2:9kl,9ll 9kl,9lm 2:9ko,9ll 9ko,9lm 2:9kr,9ll 9kr,9lm n:9ja,9ll a:9lp,9ll e:9\
        m3,9ll 2:9m5,9ll 2:9m7,9ll 2:9m9,9ll 2:9mb,9ll 2:9md,9ll 2:9mf,9ll 2:9mh,9ll 2:9mj,9ll 2:9ml,9ll 2:9mn,9ll 2:9mp\
        ,9ll 3:9ms,9ll 2:9mu,9ll 2:9mw,9ll 7:9n3,9ll 9n3,9lm 2:9n6,9ll 9n6,9lm 2:9n9,9ll 9n9,9lm 2:9nc,9ll 9nc,9lm 2:9nf\
        ,9ll 9nf,9lm n:9ly,9ll 3,4:9nz,9ll 4:9od,9ll 13ia:rpk kc4 s7e rt4 lw1 fg2 gkl vj0 vj0 hn5 ssx gw7 hmw jcm ne1 p6\
        t qin qt6 r20 sjz kxu ljv mah mvy q4d sq2 uep fia ghh l50 mjf qi5 v8e ifk m3v qfh r50 jih pnc qvz iq2 kd3 lm2 mp\
        o slq fpi g53 gda jwk l3n mj4 nhj pa9 qh2 qjg s1b tv6 upb v7e nt8 nzz otc q15 t1g vb3 rfa hjz iro okg pdq mle nu\
        y rsy ttj hjs i8y kyb lp6 lxr oq7 oxj tor gcy pe3 g64 g5o o4c ou6 q29 tpx rk0 jin kxu rge fg9 i5j iz6 mtj n74 ge\
        v nwb fr3 iw9 ff1 lho k1k opu gjn hge ni9 q4p re2 la2 sds lfs jjy put jog n6t fji g2x g5l kn5 oo7 prj rf6 ssv gd\
        x gn6 ho3 ir0 k3p m4e nxm tkd ui2 vbr vda gbf kau l87 sbm ino j9s jcw jve lyb mdl n0p o22 ovo pdb s9y q9a sgz t3\
        e g7r gbn gql ma0 r0i re2 iq1 iyd jnf l9q oji mt1 fl0 h6h i5j iii izg muq mzt p7e pc6 svo tti tvs u1k fpn o1a ss\
        4 trs j4x fie fyy i5q i7z k2h kxu mha ncy q9o sjg vil k94 tny gax kfv kj7 lkx luk mx5 n6h nsb opc u3i g31 je6 tq\
        0 fu3 ie1 lpm sa2 ivf j7o kk7 mtj tqe g89 glr i91 k5v kem ko8 lid mx2 naa p6h r0v r1d sss tsy gfz lve gm5 mhc n1\
        4 qgq tr7 uvr vbz kgn lor pns o97 obk olu mo0 m8p riw fk0 px2 g8q g7b ip2 jir onq i2t ljy kac saj qx8 tot r63 iq\
        b g1s gxs 3:hga 2:k8k 3:g66 mqy ngq ny4 nz2 nz9 o0f tw6 on2 p8d 2:qhe 2:rg8 3:shk sn1 4:u7j u7w u94 v5g sm6 trr \
        fqm fzb g25 gcp gdg ggh gwt gzq h2g hfk hig i90 i9a j2s j8o j9q jci k0f k4i k9d kn9 lmf lqy lya mem mjv mxu ntd \
        ny6 nyh nyg nyo nyu nz1 1,2:o0d o5c o75 og0 ovo ow9 oxt p6a pad pnx prt prt q53 r2o r6e rgh ri1 rtf ruw sdy shk \
        tsz u0v u2j j1x 36cu pp4 3:ffq g51 g2w fpc g1x g3k gcn ge2 gwt gut gwp gyq hga hir hms hn8 huq i08 iqa iqh iuh i\
        wd j4o j7y j60 j9q j8g jci jec jpg jrw jte k0m k8k kd3 kd7 keu l89 la2 lkx lwb lvv lya m5a mem nmv mk5 mnj mqy n\
        01 n46 n5n nbx nbz ngq nh7 nhw nka nk0 nv0 o8h og0 ol7 orf ovo p4u pad pxu q27 qrd r41 r5y r6e ren rg8 rez rgh r\
        ge rfx ri1 rka ruw sag sj6 srd sxi tq4 tsz tw6 tzv u0v u17 u2j umq vj0 313e 3138 33dh brx cns cop 39e1 3bgw 3i6r\
         vgj vim 1w:15l,14k 2:16a,14n b:161,14x 161,14y 161,14s,14x 161,14s,14y 15c,14n 15c,14o 1,7:15c,14s 2,5:15k,14s \
        2:15q,14s 2,2:15s,14s 2,2:15v,14s 2,5:15y,14s 15h,14p 15d,14v 15n,14v 15w,14v 47g:1huh,1hve 2:1huj,1hve f:1hut,1\
        hve 3n,2:1hyp,1hyf f0:1idj,1ida 1idj,1idz a7:1int,1inu 1int,1ink 2:1int,1inx 70,2:1iuw,1iun 112b,2:2jx3,2jxh 2jx\
        4,2jxh,2jxq 2jx4,2jxh,2jxr 2jx4,2jxh,2jxs 2jx4,2jxh,2jxt 2jx4,2jxh,2jxu 2f,2:2jzt,2jxh 1,2:2jzt,2jxh,2jxq 1,2:2j\
        zt,2jxh,2jxr 1m4g:fgd fg8 fgh 2tcy fog fqm fqz fsy fwa fx5 fzb fyn ae6 2ud6 g25 g2c g2s g3b 2u58 aex g2v g3x 2u6\
        j g47 g4k fkc g4s g51 3ly7 g6t g77 afz g8r g92 gaa gaf ahh gcn gcp gdg ge2 1,2:ged gev gg9 ggh ggq ghf ghp ghr g\
        hr ghr 2v58 m7k gju gkf 2vdv gkr gkx gli gpq gmw gnc go8 gpu gs6 gsw gur gv7 gw4 gw4 gwp gx7 gxf gxu h7a gzq h7b\
         h1t h2s g7b hke hce hdg he5 haj hf6 hf5 hik 2x9g hki hkn hl2 hlm hlu hnm 2xm0 2xnu hrg hsr ht3 hqw huu aum av0 \
        hzc i0u i0u 2y88 i4j i54 i5j i5v 2yhk i67 i6e itv i76 ayp i8w i9a ibk ia5 2z1g if7 2z1i ige igb igs 1,2:ijl b3j \
        ikd ilk im5 ind b4y 2zr7 b5o ipc ipf ipi iq2 3pg2 iri 3035 3035 poh isi isi b7r 335k 3cgq iua iuj b8j ivu ix9 ix\
        j iyh j29 bay ba4 j2s 30t0 j47 j7s j7w j7y j7w j96 j9q jaq jac jan jby jci jcm jdc jdn jfh jht jis jm8 31n0 jlp \
        jjw jmw jnn jqc 31td js2 jph jop bhq ju1 jum jvh juf bjg k0f k18 32mi k4j kc8 k7d bo9 k9d bns bms g42 g45 kcg k9\
        o pf1 deh kd3 kd7 kdd kf2 ker 33cz bpl kje kg5 klu kn9 33hp kni kkf kr8 brx ksi kv7 kx6 l2g 33xf l3v bvc l5t 34b\
        r l78 bwu l82 l9b 1,2:la2 34p9 2yvf 34sa le6 354s lhb lhp lev ljq lku lmf lkx lm1 lmg lmt 357i lkk lrj lta c37 l\
        vv lvr 35jl lq1 m0e 35ni 35ou m2u m61 m5a m57 c5y m6i m7x m7r m99 2u5h mdh 368z mfw 36i3 mjs mk5 mkw 36yw mm8 mm\
        t 3779 37dg mt6 mtn cdo mud ce0 ce0 myv mzg n01 n0l n2i cgr n50 386u n5q 389e n74 2zrz nbk 38v5 38vs 38zo cn0 cn\
        c nhw 394j 394i 395l 396b 1,2:nj2 nj3 nka cop nm3 cp2 cra 39r1 nri nt8 nv0 ctf 3a5i nyu 3a8q 3a9x o0f o2z cvj o5\
        c o5m o5r 3at8 3b1j 3b1j oa6 d1e 3b8r og6 og9 d2f 3beo onm d5s oo8 oo3 oow 3c06 orn d8h ouf ow2 oxx d9w 3ciw 3cj\
        r dax 3cnt p6i 3cqm p79 pa2 pad 3d22 3d43 pcw 3d7s pdc 33a7 ded pf6 phf dfv pj2 hx1 3dlz 3dmd 33bn 33bw poh pok \
        sda dij psh psb pst gc3 ptd ptf ptp puu 3ebg put pwd pyb q0d pwj q0t q1z q53 pxv q16 q18 q1o 3eie 3eqz 3emt dnv \
        q9d q9f qae 3g0a qck 3f3g dp9 dpd 3f75 3ff6 dpn qj4 qjg qjr qjt qll qko qoe qn6 qrd qp4 qqz qrq dsn qu9 qv5 dtl \
        qxs qxv 3giv r13 r1a dv9 r22 aez 3gz2 3h46 dz2 dzb rds rfx rka rpx 3hrc rsb rsx rvf rxz 3i9b 2upw s0b rzw s1c 2u\
        vy s7o sag 3jki 3jl9 sk4 smp snl 3ju6 snv svs 1,2:t07 sxo t89 t91 3ksa tjf ej9 tkn 3l2v eli ts3 iia tur 3ltx 3lz\
        u epa epi u00 3mdm er6 3mhi u17 u17 u21 3mpi u76 eur u95 ucn ude uf2 ez2 3nsg umq uv4 v0d f66 f71 v3b 3owe f7c 3\
        oxx 3p5a 3p8x vcr f9y veh vem vet vf3 vfa vgb 3pxc
        """

    /// Characters that are never composed again.
    static let excluded: StaticString = """
        n4-n5 n7-n8 ok ou p3 1ug-1un 1y4-1y5 1y7 20j 20m 21l-21n 21q 28s-28t 30j 30t 30y 313 318 31l 31v 31x-31y 320 329\
         32r 331 336 33b 33g 33t 67l 67n 67p 67r 67t 67v 67x 69n 69q 6a1 6a3 6ab 6aj 6ar 6az 6b2-6b3 6bd 6bf 6bh 6bk-6bl\
         6jq 6ju-6jv 6y1-6y2 8gs 1d6o-1de5 1de8 1dea 1ded-1dem 1deo 1deq 1det-1deu 1dey-1dgt 1dgw-1djt 1dlp 1dlr 1dm2-1d\
        me 1dmg-1dmk 1dmm 1dmo-1dmp 1dmr-1dms 1dmu-1dn2 2jxa-2jxg 2jzv-2k00 464g-46jh
        """

    /// Canonical combining classes that are not zero, Unicode 9.
    static let classes: StaticString = """
        1,ms-mw,5p0,5pe-5pk,6he-6hf,6hk-6hm,6hx-6hy,6i2-6i3,1gl5,1zow-1zp0,2ftq,2jxj-2jxl 7,1to,1x8,20s,24c,27w,2ik,37b,\
        5dg,5ie,5kn,xir,1hve,1i0j,1i2y,1i5y,1iax,1id8,1ikm,1io3,1iv4,1j1z,2one 8,9ll-9lm 9,1u5,1xp,219,24t,28d,2bx,2fh,2\
        j1,2ml,2q2,2t6,32c,37d-37e,4k4,4l0,4pe,57k,5dw,5gq-5gr,5iq-5ir,8zj,x6u,xc4,xg3,xj4,xrq,xyl,1glb,1hs6,1htr,1hvd,1\
        hyr-1hys,1i2o,1i5x,1iay,1idp,1iki,1io2,1iv3,1iyn,1j1y,1j57,1k5b 10,14g 11,14h 12,14i 13,14j 14,14k 15,14l 16,14m\
         17,14n 18,14o,153 19,14p-14q 20,14r 21,14s 22,14t 23,14v 24,14x 25,14y 26,1dlq 27,18r,1rk 28,18s,1rl 29,18t,1rm\
         30,17c,18u 31,17d,18v 32,17e,18w 33,18x 34,18y 35,19s 36,1e9 84,2fp 91,2fq 103,2t4-2t5 107,2tk-2tn 118,2wo-2wp \
        122,2x4-2x7 129,31t 130,31u,322-325,328 132,31w 202,m9-ma,mf-mg,5w0 214,5vy 216,m3,309,2jxh-2jxi,2jxq-2jxu 218,9\
        ii 220,ly-m1,m4-m8,mb-me,mh-mr,mx-n0,nb-nd,nh-ni,nn-nq,nt-nu,13l,13q,13v,142-147,14a,151,191-192,198,19b,1cz,1d6\
        ,1d9,1f5,1f8,1fb-1fd,1ff-1fg,1fi,1fm,1fo,1fq,1fs,1ki,1nd-1nf,1r7,1ra,1rd,1rh-1rj,1rq,1rt-1ru,1ua,2zc-2zd,305,307\
        ,346,39p,4zf,55k,58f,59x-5a2,5a5,5f0,5p1-5p5,5p8-5pb,5pp,5vm,5vu,5vz,5x9,5xb,6i0,6i4-6i7,xez-xf1,xpw,1e7b-1e7h,1\
        eyl,1f4w,1gjx,1gl6,1gpy,2jy3-2jya,2jyi-2jyj,2ok0-2ok6 222,13u,14d,4zd,9il 224,9im-9in 226,2jxp 228,14e,4vd,9ij 2\
        30,lc-lw,n1-n3,n6,na,ne-ng,nk-nm,nr,nv,o3-of,w3-w7,13m-13p,13r-13t,13w-141,148-149,14b-14c,14f,150,174-17b,18z-1\
        90,193-197,199-19a,1cm-1cs,1cv-1cy,1d0,1d3-1d4,1d7-1d8,1f4,1f6-1f7,1f9-1fa,1fe,1fh,1fj-1fl,1fn,1fp,1fr,1ft-1fu,1\
        kb-1kh,1kj,1li-1ll,1ln-1lv,1lx-1lz,1m1-1m5,1qs-1r5,1r8-1r9,1rb-1rc,1re-1rg,1rn-1rp,1rr-1rs,1rv-1rz,1u9,1ub-1uc,3\
        2a-32b,32e-32f,3tp-3tr,4pp,4ze,55j,585-58c,59s-59w,5a3-5a4,5ez,5f1-5f7,5ow-5oy,5p6-5p7,5pc,5pw,5q0-5q1,5vk-5vl,5\
        vn-5vt,5vv-5vw,5w1-5x1,5x7,5xa,6hc-6hd,6hg-6hj,6hn-6ho,6ht,6hz,6i1,6i8,8vj-8vl,928-933,wvj,wvo-wvx,wwu-wwv,wz4-w\
        z5,xcw-xdd,xps,xpu-xpv,xpz-xq0,xq6-xq7,xq9,1e74-1e7a,1e7i-1e7j,1f92-1f96,1gjz,1gl4,1gpx,1hxc-1hxe,1iee-1iek,1ieo\
        -1ies,1zqo-1zqu,2jyd-2jyh,2jze-2jzh,2k3m-2k3o,2mtc-2mti,2mtk-2mu0,2mu3-2mu9,2mub-2muc,2mue-2mui,2on8-2ond 232,lx\
        ,m2,ns,9ik 233,nw,nz,o2,5x8 234,nx-ny,o0-o1,5vx 240,n9
        """
}
